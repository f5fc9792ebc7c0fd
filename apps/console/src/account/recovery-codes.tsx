import { Button, useToasts } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { download } from '#parts/download.ts'

/** Shows recovery codes to print, copy or save. The server shows them only once. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const { t } = useI18n()
  const { show } = useToasts()
  const text = `${codes.join('\n')}\n`
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      show({ text: t('console.copied') })
    } catch {
      show({ text: t('account.codesNotCopied') })
    }
  }
  return (
    <div className="grid gap-3">
      <p>{t('account.recoveryCodesText')}</p>
      <ol
        dir="ltr"
        aria-label={t('account.recoveryCodes')}
        className="printed grid grid-cols-[repeat(auto-fill,minmax(min(14.5rem,100%),1fr))] gap-x-4 gap-y-1 rounded-plate border border-line bg-raised p-3 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copy()}>{t('console.copy')}</Button>
        <Button onClick={() => download('kickstand-recovery-codes.txt', 'text/plain', text)}>
          {t('console.save')}
        </Button>
        <Button onClick={() => print()}>{t('console.print')}</Button>
      </div>
    </div>
  )
}
