import type { TokenBody } from '@kickstand/contract'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Choice } from '#parts/choice.tsx'
import { ConfirmDialog } from '#parts/confirm-dialog.tsx'
import { NewToken } from './new-token.tsx'

type Props = { readonly organisationId: string; readonly token: TokenBody; readonly onClose: () => void }

const REFRESH = [[KEYS.tokens], [KEYS.audit]]
const OVERLAPS = ['none', '1h', '24h', '7d'] as const

/** Replaces a token with a new one. The old token works until the overlap ends. */
export function RollToken({ organisationId, token, onClose }: Props) {
  const { t } = useI18n()
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]>('24h')
  const [created, setCreated] = useState<string | null>(null)
  const { run, isRunning, error } = useChange(() => server.rollToken(organisationId, token.id, { overlap }), {
    refresh: REFRESH,
    onDone: (answer) => setCreated(answer.token),
  })
  if (created !== null) return <NewToken token={created} onClose={onClose} />
  return (
    <ConfirmDialog
      title={t('tokens.rollOf', { name: token.name })}
      confirmLabel={t('tokens.roll')}
      isRunning={isRunning}
      error={error}
      onConfirm={() => run()}
      onClose={onClose}
    >
      <p>{t('tokens.rollText')}</p>
      <Choice
        legend={t('tokens.overlap')}
        chosen={overlap}
        options={OVERLAPS.map((value) => ({ value, label: t(`tokens.overlap.${value}`) }))}
        onChoose={setOverlap}
      />
    </ConfirmDialog>
  )
}

/** Revokes a token at once. */
export function RevokeToken({ organisationId, token, onClose }: Props) {
  const { t } = useI18n()
  const { run, isRunning, error } = useChange(() => server.revokeToken(organisationId, token.id), {
    refresh: REFRESH,
    onDone: onClose,
  })
  return (
    <ConfirmDialog
      title={t(token.state === 'replaced' ? 'tokens.revokeReplacedOf' : 'tokens.revokeOf', { name: token.name })}
      confirmLabel={t('people.revoke')}
      isRunning={isRunning}
      error={error}
      onConfirm={() => run()}
      onClose={onClose}
    >
      <p>{t('tokens.revokeText')}</p>
    </ConfirmDialog>
  )
}
