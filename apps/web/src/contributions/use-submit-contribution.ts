import { useI18n } from '#i18n/i18n.tsx'
import { useContributionsText } from '#i18n/use-contributions-text.ts'
import { useToasts } from '#ui/toast.tsx'
import { say, takeBack } from './contribution-outbox.ts'
import { saidText, type Said } from './contribution.ts'

const UNDO_MS = 5_000

/** Says one thing, thanks for it, and offers to take it back. */
export function useSubmitContribution(): (said: Said) => void {
  const { t } = useI18n()
  const text = useContributionsText()
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
