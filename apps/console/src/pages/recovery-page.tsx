import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { showAccount } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CredentialForm } from '#links/credential-form.tsx'
import { LinkState } from '#links/link-state.tsx'
import { useLinkSecret } from '#links/use-link-secret.ts'
import { pages } from '#paths.ts'
import { PublicFrame } from './public-frame.tsx'
import { useTitle } from './use-title.ts'

/** Gives an account a new passkey or password, by a link from an admin, an owner or the command line. */
export function RecoveryPage() {
  const { t } = useI18n()
  const secret = useLinkSecret()
  const client = useQueryClient()
  const navigate = useNavigate()
  useTitle(t('signIn.recovery'))
  return (
    <PublicFrame>
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
        <h2 className="text-2xl">{t('signIn.recovery')}</h2>
        <LinkState secret={secret} purpose="recovery">
          {(link) => (
            <>
              <p>
                {t('signIn.recoveryFor')} <bdi className="font-bold wrap-anywhere">{link.email}</bdi>
              </p>
              <p className="text-ink-soft">{t('signIn.recoveryText')}</p>
              <CredentialForm
                secret={secret}
                link={link}
                submitLabel={t('signIn.recoveryDo')}
                onDone={(account) => {
                  showAccount(client, account)
                  void navigate({ to: pages.start })
                }}
              />
            </>
          )}
        </LinkState>
      </div>
    </PublicFrame>
  )
}
