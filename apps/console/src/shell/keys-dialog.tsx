import { Dialog } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'

const KEYS = [
  ['/', 'console.keyFilter'],
  ['j', 'console.keyNext'],
  ['k', 'console.keyPrevious'],
  ['Enter', 'console.keyOpen'],
  ['Esc', 'console.keyClose'],
  ['?', 'console.keyHelp'],
] as const

/** Lists the keys of the console. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n()
  return (
    <Dialog title={t('console.keys')} closeLabel={t('console.close')} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {[[t('console.paletteKey'), 'console.keyPalette'] as const, ...KEYS].map(([key, text]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-9 rounded-[4px] border border-edge bg-raised px-2 py-0.5 text-center font-sans font-bold">
                {key}
              </kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
