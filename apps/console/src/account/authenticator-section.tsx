import { Button, Dialog, Notice, useToasts } from '@kickstand/ui'
import { useId, useState } from 'react'
import { ownAccountQuery, useSignedIn } from '#api/account.ts'
import { server } from '#api/call.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConfirmDialog } from '#parts/confirm-dialog.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Section } from '#parts/page-head.tsx'
import { AuthenticatorSetup } from './authenticator-setup.tsx'
import { NeededReason } from './needed-reason.tsx'
import { neededFor } from './needed-for.ts'
import { RecoveryCodes } from './recovery-codes.tsx'

const REFRESH = [ownAccountQuery.queryKey]
/** If no more than this number of codes is left, the page suggests creating new ones. */
const FEW_CODES = 3

/** The section for the person's own authenticator app and recovery codes. */
export function AuthenticatorSection() {
  const { t } = useI18n()
  const { account } = useSignedIn()
  const { show } = useToasts()
  const [open, setOpen] = useState<'setup' | 'remove' | 'codes' | null>(null)
  const close = () => setOpen(null)
  const need = account.hasAuthenticator ? neededFor(account, 'authenticator') : null
  const reasonId = useId()
  const remove = useChange(() => server.removeAuthenticator(), { refresh: REFRESH, onDone: close })
  return (
    <Section
      title={t('account.authenticator')}
      actions={
        account.hasAuthenticator ? (
          <>
            <Button onClick={() => setOpen('codes')}>{t('account.newCodes')}</Button>
            <Button
              disabled={need !== null}
              aria-describedby={need === null ? undefined : reasonId}
              onClick={() => {
                remove.reset()
                setOpen('remove')
              }}
            >
              {t('account.removeAuthenticator')}
            </Button>
          </>
        ) : (
          account.hasPassword && <Button onClick={() => setOpen('setup')}>{t('account.authenticatorStart')}</Button>
        )
      }
    >
      <p className="text-ink-soft">{stateText()}</p>
      <NeededReason id={reasonId} need={need} />
      {account.hasAuthenticator && account.recoveryCodesLeft <= FEW_CODES && (
        <Notice tone="warning">
          <p>{t('account.codesLeft', { count: account.recoveryCodesLeft })}</p>
        </Notice>
      )}
      {open === 'setup' && (
        <Dialog title={t('account.authenticator')} closeLabel={t('console.close')} onClose={close}>
          <AuthenticatorSetup
            onDone={() => {
              show({ text: t('account.authenticatorDone') })
              close()
            }}
          />
        </Dialog>
      )}
      {open === 'codes' && <NewCodes onClose={close} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={t('account.removeAuthenticator')}
          confirmLabel={t('console.remove')}
          isRunning={remove.isRunning}
          error={remove.error}
          onConfirm={() => remove.run()}
          onClose={close}
        >
          <p>{t('account.removeAuthenticatorText')}</p>
        </ConfirmDialog>
      )}
    </Section>
  )

  function stateText(): string {
    if (account.hasAuthenticator) return t('account.authenticatorIsOn', { count: account.recoveryCodesLeft })
    return t(account.hasPassword ? 'account.authenticatorIsOff' : 'account.authenticatorNeedsPassword')
  }
}

function NewCodes({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { run, isRunning, error } = useChange(() => server.createRecoveryCodes(), {
    refresh: REFRESH,
    onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
  })
  if (codes === null) {
    return (
      <ConfirmDialog
        title={t('account.newCodes')}
        confirmLabel={t('account.createCodes')}
        isRunning={isRunning}
        error={error}
        onConfirm={() => run()}
        onClose={onClose}
      >
        <p>{t('account.newCodesText')}</p>
      </ConfirmDialog>
    )
  }
  return (
    <Dialog title={t('account.recoveryCodes')} closeLabel={t('console.close')} isKeptOpen onClose={onClose}>
      <RecoveryCodes codes={codes} />
      <FailureNotice error={error} />
      <Button variant="primary" onClick={onClose}>
        {t('account.codesStored')}
      </Button>
    </Dialog>
  )
}
