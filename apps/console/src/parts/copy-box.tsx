import { Button, Field } from '@kickstand/ui'
import { useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { ConsoleIcon } from './icon.tsx'

/** A text to copy, such as a link or a token. Without access to the clipboard the text is selected instead. */
export function CopyBox({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useI18n()
  const [state, setState] = useState<'copied' | 'selected' | null>(null)
  async function copy(button: HTMLElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      button.closest('div')?.querySelector('input')?.select()
      setState('selected')
    }
  }
  return (
    <div className="grid w-full gap-1">
      <Field label={label}>
        {(control) => (
          <div className="flex gap-2">
            <input
              {...control}
              className={`${control.className} font-mono`}
              readOnly
              dir="ltr"
              value={text}
              onFocus={({ target }) => target.select()}
            />
            <Button className="flex-none" onClick={({ currentTarget }) => void copy(currentTarget)}>
              <ConsoleIcon name="copy" />
              {t('console.copy')}
            </Button>
          </div>
        )}
      </Field>
      <p role="status" className="min-h-[1.35em] text-ink-soft">
        {state === 'copied' && t('console.copied')}
        {state === 'selected' && t('console.selected')}
      </p>
    </div>
  )
}
