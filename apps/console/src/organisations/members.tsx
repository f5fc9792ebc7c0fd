import type { MemberBody } from '@kickstand/contract'
import { Button, Tag } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { readAll } from '#api/read-all.ts'
import { useList, type ListPage } from '#api/use-list.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CsvButton } from '#parts/csv-button.tsx'
import { Rows } from '#parts/rows.tsx'
import { Time } from '#parts/time.tsx'
import { InviteMember } from './invite-member.tsx'
import { MemberControls } from './member-controls.tsx'
import { MemberDialog, type MemberAct } from './member-dialog.tsx'

type Opened = { readonly act: MemberAct; readonly member: MemberBody }

/** The members of an organisation: their roles, removal and recovery. */
export function Members({ organisationId }: { readonly organisationId: string }) {
  const { t } = useI18n()
  const write = usePermission('members:write', { organisationId })
  const [isInviting, setInviting] = useState(false)
  const [opened, setOpened] = useState<Opened | null>(null)
  async function readPage(cursor: string | undefined, signal?: AbortSignal): Promise<ListPage<MemberBody>> {
    const { members, nextCursor } = await server.getMembers(
      organisationId,
      cursor === undefined ? {} : { cursor },
      signal,
    )
    return { rows: members, nextCursor }
  }
  const list = useList([KEYS.members, organisationId], readPage)
  return (
    <div className="grid gap-3">
      {write.reason !== null && <p className="text-ink-soft">{write.reason}</p>}
      <Rows
        label={t('organisations.members')}
        list={list}
        keyOf={({ accountId }) => accountId}
        isFocusable
        emptyTitle={t('organisations.noMembers')}
        emptyText={t('organisations.noMembersText')}
        emptyAction={
          write.isAllowed && (
            <Button variant="primary" onClick={() => setInviting(true)}>
              {t('people.invite')}
            </Button>
          )
        }
      >
        {(member) => (
          <div className="grid gap-x-4 gap-y-2 px-3 py-2.5 wide:grid-cols-[1fr_14rem_auto] wide:items-center">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2 font-bold wrap-anywhere">
                <bdi>{member.name}</bdi>
                {!member.hasSecondFactor && <Tag tone="warning">{t('people.noSecondFactor')}</Tag>}
              </p>
              <p className="text-sm wrap-anywhere text-ink-soft">
                <bdi>{member.email}</bdi> · {t('organisations.since')} <Time at={member.since} />
              </p>
            </div>
            <MemberControls member={member} canWrite={write.isAllowed} onAct={(act) => setOpened({ member, act })} />
          </div>
        )}
      </Rows>
      {list.rows?.length !== 0 && (
        <CsvButton
          fileName="kickstand-members.csv"
          columns={[
            { heading: 'account_id', valueOf: ({ accountId }) => accountId },
            { heading: 'name', valueOf: ({ name }) => name },
            { heading: 'email', valueOf: ({ email }) => email },
            { heading: 'role', valueOf: ({ role }) => role },
            { heading: 'since', valueOf: ({ since }) => since },
          ]}
          readRows={() => readAll((cursor) => readPage(cursor))}
        />
      )}
      {isInviting && <InviteMember organisationId={organisationId} first="owner" onClose={() => setInviting(false)} />}
      {opened !== null && <MemberDialog organisationId={organisationId} {...opened} onClose={() => setOpened(null)} />}
    </div>
  )
}
