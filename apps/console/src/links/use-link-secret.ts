import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * The secret of a one-time link. It stands in the fragment of the address, which no server receives. The page keeps it in
 * memory and removes it from the address bar and the history. Empty where the address has none.
 */
export function useLinkSecret(): string {
  const hash = useLocation({ select: ({ hash: fragment }) => fragment })
  const navigate = useNavigate()
  const [secret, setSecret] = useState(hash)
  useEffect(() => {
    if (hash === '') return
    setSecret(hash)
    void navigate({ to: '.', hash: '', replace: true })
  }, [hash, navigate])
  return secret
}
