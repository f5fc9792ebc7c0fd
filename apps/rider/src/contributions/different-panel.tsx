import type { ZoneBody } from '@kickstand/contract'
import { QUESTION_FIELDS, RIDER_FIELDS, type RiderField } from '@kickstand/domain'
import { Button } from '@kickstand/ui'
import { useId, useState } from 'react'
import { usePageText, type PageText } from '#i18n/i18n.ts'
import { FieldChoice } from './field-choice.tsx'
import { PhotoButton } from './photo-button.tsx'
import { positionOf, type Position } from './contribution.ts'
import { ContributionList } from './contribution-list.tsx'
import { useSubmitContribution } from './use-submit-contribution.ts'

/** The fields that riders are asked about come first. */
const FIELDS: readonly RiderField[] = [...new Set([...QUESTION_FIELDS, ...RIDER_FIELDS])]

type Props = { readonly zone: ZoneBody; readonly position: Position | null }

/** The form for corrections to a place, and the rider's own contributions to it. */
export function DifferentPanel({ zone, position }: Props) {
  const p = usePageText()
  const submit = useSubmitContribution()
  const [open, setOpen] = useState(false)
  const [field, setField] = useState<RiderField | null>(null)
  const id = useId()
  return (
    <section className="grid gap-2.5">
      <Button className="min-h-12" aria-expanded={open} onClick={() => setOpen(!open)}>
        {p('change.different')}
      </Button>
      {open && (
        <div className="grid gap-2.5 rounded-lg border border-line bg-surface p-2.5">
          <h3 className="text-lg">{p('change.ask')}</h3>
          <p className="text-ink-soft">{p('change.onlyYou')}</p>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,8.5rem),1fr))] gap-2">
            {FIELDS.map((one) => (
              <Button
                key={one}
                className="min-h-12 hyphens-auto wrap-anywhere"
                variant={one === field ? 'primary' : 'plain'}
                aria-expanded={one === field}
                aria-controls={id}
                onClick={() => setField(one === field ? null : one)}
              >
                {p(`field.${one}`)}
              </Button>
            ))}
          </div>
          <div id={id} className="grid gap-2" hidden={field === null}>
            {field !== null && (
              <>
                <p className="font-bold">{questionOf(field, p)}</p>
                <FieldChoice
                  key={field}
                  field={field}
                  position={position}
                  onValue={(value) => {
                    submit({ kind: 'contribution', zoneId: zone.id, body: { field, value, ...positionOf(position) } })
                    setField(null)
                  }}
                />
              </>
            )}
          </div>
          <PhotoButton zoneId={zone.id} />
          <p className="text-ink-soft">{p('change.notLaw')}</p>
        </div>
      )}
      <ContributionList zoneId={zone.id} />
    </section>
  )
}

/** What the form asks. A correction of what the sheet shows is asked otherwise than a question about what is unknown. */
function questionOf(field: RiderField, p: PageText): string {
  switch (field) {
    case 'gone':
    case 'blocked':
    case 'kind':
    case 'name':
    case 'place':
      return p(`correction.${field}`)
    default:
      return p(`question.${field}`)
  }
}
