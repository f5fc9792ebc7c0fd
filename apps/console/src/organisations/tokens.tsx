import type { TokenBody } from '@kickstand/contract'
import { Button, Tag } from '@kickstand/ui'
import { useState } from 'react'
import { server, serverNow } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useList } from '#api/use-list.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CsvButton } from '#parts/csv-button.tsx'
import { Rows } from '#parts/rows.tsx'
import { Time } from '#parts/time.tsx'
import { CreateToken } from './create-token.tsx'
import { RevokeToken, RollToken } from './token-dialogs.tsx'
import { tokenWorks } from './token-works.ts'

const TONES = { active: 'strong', expired: 'warning', revoked: 'plain', replaced: 'warning' } as const

type Opened = { readonly act: 'create' } | { readonly act: 'roll' | 'revoke'; readonly token: TokenBody }

/** The tokens of an organisation, with which machines use the API. */
export function Tokens({ organisationId }: { readonly organisationId: string }) {
  const { t } = useI18n()
  const write = usePermission('tokens:write', { organisationId })
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const read = async (signal?: AbortSignal) => (await server.getTokens(organisationId, signal)).tokens
  const list = useList([KEYS.tokens, organisationId], async (_cursor, signal) => ({
    rows: await read(signal),
    nextCursor: null,
  }))
  return (
    <div className="grid gap-3">
      <p className="text-ink-soft">{t('tokens.text')}</p>
      {write.reason !== null && <p className="text-ink-soft">{write.reason}</p>}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabled={!write.isAllowed} onClick={() => setOpened({ act: 'create' })}>
          {t('tokens.create')}
        </Button>
        <CsvButton
          fileName="kickstand-tokens.csv"
          columns={[
            { heading: 'id', valueOf: ({ id }) => id },
            { heading: 'name', valueOf: ({ name }) => name },
            { heading: 'state', valueOf: ({ state }) => state },
            { heading: 'scopes', valueOf: ({ effectiveScopes }) => effectiveScopes.join(' ') },
            { heading: 'networks', valueOf: ({ networks }) => networks.join(' ') },
            { heading: 'created_by', valueOf: ({ createdBy }) => createdBy },
            { heading: 'created_at', valueOf: ({ createdAt }) => createdAt },
            { heading: 'expires_at', valueOf: ({ expiresAt }) => expiresAt },
            { heading: 'used_at', valueOf: ({ usedAt }) => usedAt },
          ]}
          readRows={() => read()}
        />
      </div>
      <Rows
        label={t('tokens.title')}
        list={list}
        keyOf={({ id }) => id}
        isFocusable
        emptyTitle={t('tokens.none')}
        emptyText={t('tokens.noneText')}
      >
        {(token) => (
          <div className="grid gap-x-4 gap-y-2 px-3 py-2.5 wide:grid-cols-[1fr_auto] wide:items-center">
            <TokenFacts token={token} />
            {write.isAllowed && tokenWorks(token, serverNow()) && (
              <div className="flex flex-wrap gap-2">
                {token.state === 'active' && (
                  <Button
                    aria-label={t('tokens.rollOf', { name: token.name })}
                    onClick={() => setOpened({ act: 'roll', token })}
                  >
                    {t('tokens.roll')}
                  </Button>
                )}
                <Button
                  aria-label={t(token.state === 'replaced' ? 'tokens.revokeReplacedOf' : 'tokens.revokeOf', {
                    name: token.name,
                  })}
                  onClick={() => setOpened({ act: 'revoke', token })}
                >
                  {t('people.revoke')}
                </Button>
              </div>
            )}
          </div>
        )}
      </Rows>
      {opened?.act === 'create' && <CreateToken organisationId={organisationId} onClose={close} />}
      {opened?.act === 'roll' && <RollToken organisationId={organisationId} token={opened.token} onClose={close} />}
      {opened?.act === 'revoke' && <RevokeToken organisationId={organisationId} token={opened.token} onClose={close} />}
    </div>
  )
}

function TokenFacts({ token }: { readonly token: TokenBody }) {
  const { t } = useI18n()
  const isOverlap = token.state === 'replaced' && tokenWorks(token, serverNow())
  const lost = token.scopes.filter((scope) => !token.effectiveScopes.includes(scope))
  return (
    <div className="grid min-w-0 gap-0.5">
      <p className="flex flex-wrap items-center gap-2 font-bold wrap-anywhere">
        <bdi>{token.name}</bdi>
        <Tag tone={TONES[token.state]}>{t(`tokens.state.${token.state}`)}</Tag>
      </p>
      <p className="text-sm wrap-anywhere">
        <span className="text-ink-soft">{t('tokens.may')}</span> {token.effectiveScopes.join(', ') || '–'}
      </p>
      {lost.length > 0 && (
        <p className="text-sm wrap-anywhere text-stop">{t('tokens.lost', { scopes: lost.join(', ') })}</p>
      )}
      <p className="text-sm wrap-anywhere text-ink-soft">
        {token.networks.length === 0
          ? t('tokens.anyNetwork')
          : t('tokens.networks', { list: token.networks.join(', ') })}
        {' · '}
        {token.expiresAt === null ? (
          t('tokens.noExpiry')
        ) : (
          <>
            {t(isOverlap ? 'tokens.worksUntil' : 'tokens.expires')} <Time at={token.expiresAt} />
          </>
        )}
        {' · '}
        {token.usedAt === null ? (
          t('tokens.neverUsed')
        ) : (
          <>
            {t('account.lastUsed')} <Time at={token.usedAt} />
          </>
        )}
      </p>
    </div>
  )
}
