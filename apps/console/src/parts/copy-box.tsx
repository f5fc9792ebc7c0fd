import { Button, Field } from '@kickstand/ui'
import { useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { ConsoleIcon } from './icon.tsx'

type Props = {
  readonly label: string
  readonly text: string
  /** The text as it is shown, with spaces that make it readable. They are not copied. */
  readonly shown?: string
}

/** Characters in a line of a narrow phone: enough lines where the browser does not fit the box to its text. */
const NARROW = 24

/** A text to copy, such as a link or a token, shown in full. Without access to the clipboard the text is selected instead. */
export function CopyBox({ label, text, shown = text }: Props) {
  const { t } = useI18n()
  const [state, setState] = useState<'copied' | 'selected' | null>(null)
  async function copy(button: HTMLElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      button.closest('div')?.querySelector('textarea')?.select()
      setState('selected')
    }
  }
  return (
    <div className="grid w-full gap-1">
      <Field label={label}>
        {(control) => (
          <div className="grid justify-items-start gap-2">
            <textarea
              {...control}
              className={`${control.className} field-sizing-content resize-none font-mono wrap-anywhere`}
              rows={Math.ceil(shown.length / NARROW)}
              readOnly
              dir="ltr"
              spellCheck={false}
              value={shown}
              onFocus={({ target }) => target.select()}
            />
            <Button onClick={({ currentTarget }) => void copy(currentTarget)}>
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
