import { useRef, useState } from 'react'
import { useContributionsText } from '#i18n/use-contributions-text.ts'
import { useToasts } from '#ui/toast.tsx'
import { Button } from '#ui/button.tsx'
import { sayPhoto, useWaitingContributions } from './contribution-outbox.ts'
import { MOST_WAITING, shrinkPhoto } from './photo-store.ts'

/** Takes a photo of a place, or one that was taken. */
export function PhotoButton({ zoneId }: { zoneId: string }) {
  const text = useContributionsText()
  const { show } = useToasts()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const waiting = useWaitingContributions().filter(({ input: said }) => said.kind === 'photo').length

  async function take(file: File): Promise<void> {
    setBusy(true)
    try {
      if (waiting >= MOST_WAITING) return show({ text: text.photoMany })
      await sayPhoto(zoneId, await shrinkPhoto(file))
      show({ text: text.thanks(text.photoSent) })
    } catch {
      show({ text: text.photoFailed })
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="grid gap-1">
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      <Button className="min-h-12" disabled={busy} onClick={() => input.current?.click()}>
        {text.photo}
      </Button>
      <p className="text-ink-soft">{text.photoHint}</p>
    </div>
  )
}
