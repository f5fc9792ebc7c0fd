import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { tabStorage } from '#api/storage.ts'

/**
 * The secret of a one-time link; empty if the address has none. The secret is in the fragment of the address, which browsers
 * do not send to servers. The page removes it from the address bar and the history. The tab keeps it until it is closed, so
 * that the page can be reloaded.
 */
export function useLinkSecret(): string {
  const hash = useLocation({ select: ({ hash: fragment }) => fragment })
  const page = useLocation({ select: ({ pathname }) => pathname })
  const storedAs = `kickstand.link ${page}`
  const navigate = useNavigate()
  const [secret, setSecret] = useState(() => (hash === '' ? (tabStorage.getItem(storedAs) ?? '') : hash))
  useEffect(() => {
    if (hash === '') return
    setSecret(hash)
    tabStorage.setItem(storedAs, hash)
    void navigate({ to: '.', hash: '', replace: true })
  }, [hash, storedAs, navigate])
  return secret
}
