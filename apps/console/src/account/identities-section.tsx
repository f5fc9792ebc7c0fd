import { Button } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useOrganisationNames } from '#api/organisation-names.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CopyBox } from '#parts/copy-box.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Section } from '#parts/page-head.tsx'
import { signInAddress } from '#paths.ts'

/** The organisations whose identity provider the person can sign in with. Renders nothing if there are none. */
export function IdentitiesSection() {
  const { t } = useI18n()
  const nameOf = useOrganisationNames()
  const { data } = useQuery({ queryKey: [KEYS.identities], queryFn: ({ signal }) => server.getIdentities(signal) })
  const connect = useChange((organisationId: string) => server.connectIdentity(organisationId), {
    onDone: ({ address }) => location.assign(address),
  })
  const disconnect = useChange((organisationId: string) => server.disconnectIdentity(organisationId), {
    refresh: [[KEYS.identities]],
  })
  if (data === undefined || data.identities.length === 0) return null
  return (
    <Section title={t('account.identities')}>
      <p className="text-ink-soft">{t('account.identitiesText')}</p>
      <FailureNotice error={connect.error ?? disconnect.error} />
      <ul className="grid gap-2">
        {data.identities.map(({ organisationId, connectedAt }) => (
          <li
            key={organisationId}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line pt-2"
          >
            <bdi className="min-w-0 wrap-anywhere">{nameOf(organisationId)}</bdi>
            {connectedAt === null ? (
              <Button
                aria-label={t('account.connectOf', { name: nameOf(organisationId) })}
                onClick={() => connect.run(organisationId)}
              >
                {t('account.connect')}
              </Button>
            ) : (
              <Button
                aria-label={t('account.disconnectOf', { name: nameOf(organisationId) })}
                onClick={() => disconnect.run(organisationId)}
              >
                {t('account.disconnect')}
              </Button>
            )}
            {connectedAt !== null && (
              <CopyBox
                label={t('account.signInAddress', { name: nameOf(organisationId) })}
                text={signInAddress(location.origin, organisationId)}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
