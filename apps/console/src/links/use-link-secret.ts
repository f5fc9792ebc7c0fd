import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * The secret of a one-time link; empty if the address has none. The secret is in the fragment of the address, which browsers
 * do not send to servers. The page keeps it in memory and removes it from the address bar and the history.
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
