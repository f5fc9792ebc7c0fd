import type { MemberBody } from '@kickstand/contract'
import { ORGANISATION_ROLES } from '@kickstand/domain'
import { Button, buttonClass, Tag } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useSignedIn } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '#paths.ts'
import type { MemberAct } from './member-dialog.tsx'

type Props = {
  readonly member: MemberBody
  readonly canWrite: boolean
  readonly onAct: (act: MemberAct) => void
}

/**
 * The role of a member, with what the person may change. People leave an organisation, and change how they sign in, in their
 * own account.
 */
export function MemberControls({ member, canWrite, onAct }: Props) {
  const { t } = useI18n()
  const isOwn = useSignedIn().account.id === member.accountId
  if (!canWrite || isOwn) {
    return (
      <>
        <p>
          <Tag>{t(`people.role.${member.role}`)}</Tag>
        </p>
        {isOwn && (
          <Link to={pages.account} className={`${buttonClass('quiet')} justify-self-start`}>
            {t('account.title')}
          </Link>
        )}
      </>
    )
  }
  return (
    <>
      <select
        aria-label={t('organisations.roleOf', { name: member.name })}
        className="min-h-11 w-full rounded-plate border-[1.5px] border-edge bg-surface px-2 text-base"
        value={member.role}
        onChange={({ target }) => {
          const role = ORGANISATION_ROLES.find((one) => one === target.value)
          if (role !== undefined) onAct({ kind: 'role', role })
        }}
      >
        {ORGANISATION_ROLES.map((role) => (
          <option key={role} value={role}>
            {t(`people.role.${role}`)}
          </option>
        ))}
      </select>
      <div className="flex flex-wrap gap-2">
        <Button
          aria-label={t('organisations.recoverOf', { name: member.name })}
          onClick={() => onAct({ kind: 'recovery' })}
        >
          {t('people.recoveryLink')}
        </Button>
        <Button
          aria-label={t('organisations.removeOf', { name: member.name })}
          onClick={() => onAct({ kind: 'remove' })}
        >
          {t('console.remove')}
        </Button>
      </div>
    </>
  )
}
