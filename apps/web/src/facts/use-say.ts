import { useI18n } from '../i18n/i18n.tsx'
import { useFactsText } from '../i18n/use-facts-text.ts'
import { useToasts } from '../ui/toast.tsx'
import { say, takeBack } from './facts-outbox.ts'
import { saidText, type Said } from './said.ts'

const UNDO_MS = 5_000

/** Says one thing, thanks for it, and offers to take it back. */
export function useSay(): (said: Said) => void {
  const { t } = useI18n()
  const text = useFactsText()
  const { show } = useToasts()
  return (said) => {
    const key = say(said)
    show({
      text: text.thanks(saidText(said, { t, text })),
      action: { label: t.undo, run: () => takeBack(key) },
      lasts: UNDO_MS,
    })
  }
}
