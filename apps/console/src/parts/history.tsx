import type { AuditEntryBody } from '@kickstand/contract'
import { useI18n } from '#i18n/i18n.ts'
import { rowClass } from './rows.tsx'
import { Time } from './time.tsx'

/** One entry of the audit log: actor, action and time. When it is opened, it shows the object before and after the change. */
export function AuditEntry({ entry }: { readonly entry: AuditEntryBody }) {
  const { t } = useI18n()
  return (
    <details>
      <summary data-row="" className={`${rowClass} list-none wide:grid-cols-[13rem_1fr_1fr_auto]`}>
        <span className="text-ink-soft">
          <Time at={entry.at} />
        </span>
        <span className="font-bold wrap-anywhere">{entry.action}</span>
        <span className="wrap-anywhere">
          <bdi>{entry.actor.name ?? t('audit.erased')}</bdi>{' '}
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
        <div className="grid gap-3 wide:grid-cols-2">
          <Value title={t('audit.before')} value={entry.before} />
          <Value title={t('audit.after')} value={entry.after} />
        </div>
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

function Value({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <section className="grid content-start gap-1">
      <h3 className="text-sm text-ink-soft">{title}</h3>
      <pre
        dir="ltr"
        className="rounded-plate border border-line bg-surface p-2 text-sm wrap-anywhere whitespace-pre-wrap"
      >
        {value === null ? '–' : JSON.stringify(value, null, 2)}
      </pre>
    </section>
  )
}
