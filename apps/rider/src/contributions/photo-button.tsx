import { Button, useToasts } from '@kickstand/ui'
import { useRef, useState } from 'react'
import { usePageText } from '#i18n/i18n.ts'
import { submitPhoto, useWaitingSubmissions } from './contribution-outbox.ts'
import { MAX_WAITING_PHOTOS, shrinkPhoto } from './photo-store.ts'

/** Adds a photo of a place from the camera or the gallery. */
export function PhotoButton({ zoneId }: { zoneId: string }) {
  const p = usePageText()
  const { show } = useToasts()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const waiting = useWaitingSubmissions().filter(({ input: submission }) => submission.kind === 'photo').length

  async function take(file: File): Promise<void> {
    setBusy(true)
    try {
      if (waiting >= MAX_WAITING_PHOTOS) return show({ text: p('photo.many') })
      await submitPhoto(zoneId, await shrinkPhoto(file))
      show({ text: p('change.thanks', { what: p('photo.sent') }) })
    } catch {
      show({ text: p('photo.failed') })
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
        {p('photo.add')}
      </Button>
      <p className="text-ink-soft">{p('photo.hint')}</p>
    </div>
  )
}
