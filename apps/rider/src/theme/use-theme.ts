import { useCallback, useEffect, useState } from 'react'
import { storage } from '../api/safe-storage.ts'
import { useMedia } from '../ui/use-media.ts'

export type Theme = 'light' | 'dark'

const STORED_AS = 'kickstand.theme'

function storedTheme(): Theme | null {
  const stored = storage.getItem(STORED_AS)
  return stored === 'light' || stored === 'dark' ? stored : null
}

/** The active theme: the rider's choice, or the system's. Choosing the system's theme deletes the stored choice. */
export function useTheme(): { theme: Theme; toggle: () => void } {
  const system: Theme = useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light'
  const [chosen, setChosen] = useState(storedTheme)
  const theme = chosen ?? system
  useEffect(() => {
    if (chosen) document.documentElement.dataset['theme'] = chosen
    else delete document.documentElement.dataset['theme']
  }, [chosen])
  const toggle = useCallback(() => {
    const next: Theme = theme === 'dark' ? 'light' : 'dark'
    const choice = next === system ? null : next
    if (choice) storage.setItem(STORED_AS, choice)
    else storage.removeItem(STORED_AS)
    setChosen(choice)
  }, [theme, system])
  return { theme, toggle }
}
