import type { AuditEntryBody } from '@kickstand/contract'
import { useI18n } from '#i18n/i18n.ts'
import { actionTextId } from './audit-actions.ts'
import { EntryDetails } from './entry-details.tsx'
import { EntryObject } from './entry-object.tsx'
import { rowClass } from './rows.tsx'
import { Time } from './time.tsx'

/** One entry of the audit log: actor, action and time. When it is opened, it shows the object before and after the change. */
export function AuditEntry({ entry }: { readonly entry: AuditEntryBody }) {
  const { t } = useI18n()
  const textId = actionTextId(entry.action)
  return (
    <details>
      <summary data-row="" className={`${rowClass} list-none wide:grid-cols-[13rem_1fr_1fr_auto]`}>
        <span className="text-ink-soft">
          <Time at={entry.at} />
        </span>
        <span className="wrap-anywhere">
          {textId !== null && <span className="block font-bold">{t(textId)}</span>}
          <span className={textId === null ? 'font-bold' : 'text-sm text-ink-soft'}>{entry.action}</span>
        </span>
        <span className="wrap-anywhere">
          <bdi>{actorName(entry) ?? t('audit.erased')}</bdi>{' '}
          <span className="text-ink-soft">{t(`audit.actor.${actorKind(entry.actor.kind)}`)}</span>
        </span>
        <span className="text-sm wrap-anywhere text-ink-soft">
          {entry.object.kind}:{entry.object.id}
        </span>
      </summary>
      <div className="grid gap-3 border-t border-line bg-raised p-3">
        {entry.reason !== null && (
          <p className="wrap-anywhere">
            <span className="text-ink-soft">{t('people.reason')}</span> <bdi>{entry.reason}</bdi>
          </p>
        )}
        <EntryObject entry={entry} />
        <EntryDetails entry={entry} />
        {entry.requestId !== null && (
          <p className="text-sm wrap-anywhere text-ink-soft">{t('audit.request', { request: entry.requestId })}</p>
        )}
      </div>
    </details>
  )
}

const ACTOR_KINDS = ['account', 'token', 'command', 'job', 'link'] as const

function actorKind(kind: string): (typeof ACTOR_KINDS)[number] | 'other' {
  return ACTOR_KINDS.find((one) => one === kind) ?? 'other'
}

/** Who made the change. A person who came with a link is known by what they entered. Null: erased. */
function actorName({ actor, after }: AuditEntryBody): string | null {
  const entered = actor.kind === 'link' && typeof after === 'object' && after !== null ? after : {}
  if ('name' in entered && typeof entered.name === 'string') return entered.name
  if ('email' in entered && typeof entered.email === 'string') return entered.email
  return actor.name
}
