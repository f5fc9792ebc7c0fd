import { Button, useToasts } from '@kickstand/ui'
import { useRef, useState } from 'react'
import { useContributionsText } from '#i18n/use-contributions-text.ts'
import { submitPhoto, useWaitingSubmissions } from './contribution-outbox.ts'
import { MAX_WAITING_PHOTOS, shrinkPhoto } from './photo-store.ts'

/** Adds a photo of a place from the camera or the gallery. */
export function PhotoButton({ zoneId }: { zoneId: string }) {
  const text = useContributionsText()
  const { show } = useToasts()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const waiting = useWaitingSubmissions().filter(({ input: submission }) => submission.kind === 'photo').length

  async function take(file: File): Promise<void> {
    setBusy(true)
    try {
      if (waiting >= MAX_WAITING_PHOTOS) return show({ text: text.photoMany })
      await submitPhoto(zoneId, await shrinkPhoto(file))
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
