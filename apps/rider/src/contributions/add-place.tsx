import type { Failure } from '@kickstand/client'
import type { ZoneInput } from '@kickstand/contract'
import { Button, buttonClass, useToasts } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { useErrorText, useI18n, usePageText } from '#i18n/i18n.ts'
import type { Point } from '#api/client.ts'
import { problemText } from '#i18n/problem-words.ts'
import { pages } from '#paths.ts'
import { forgetRejectedPlace, rejectedPlace, submit, undoSubmission, watchSubmission } from './contribution-outbox.ts'
import { spacesOf } from './field-choice.tsx'
import { positionOf, type Position } from './contribution.ts'
import { ContributionList } from './contribution-list.tsx'

type Props = {
  readonly position: Position | null
  readonly locate: () => void
  /** The centre of the map; null if there is no map. */
  readonly mapCentre: Point | null
  readonly onClose: () => void
}

const UNDO_MS = 5_000

type Where = 'me' | 'map-centre'

/** The form that adds a missing place. It stays open until the server answers or cannot be reached. */
export function AddPlace({ position, locate, mapCentre, onClose }: Props) {
  const { t } = useI18n()
  const p = usePageText()
  const { show } = useToasts()
  const [before] = useState(rejectedPlace)
  const [chosen, setWhere] = useState<Where>(mapCentre === null ? 'me' : 'map-centre')
  const where: Where = mapCentre === null ? 'me' : chosen
  const [spaces, setSpaces] = useState(String(before?.submission.body.capacity ?? ''))
  const [name, setName] = useState(before?.submission.body.name ?? '')
  const [covered, setCovered] = useState<boolean | null>(before?.submission.body.covered ?? null)
  const [failure, setFailure] = useState<Failure | null>(before?.failure ?? null)
  const [sending, setSending] = useState<string | null>(null)
  const ids = { name: useId(), spaces: useId(), where: useId(), covered: useId() }
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  useEffect(() => {
    if (sending === null) return
    return watchSubmission(sending, (event) => {
      setSending(null)
      if (event.type === 'rejected') return setFailure(event.failure)
      if (event.type === 'delivered') {
        show({
          text: p('change.thanksPlace'),
          action: { label: t('report.undo'), run: () => undoSubmission(event.key) },
          durationMs: UNDO_MS,
        })
      }
      close()
    })
  })
  const place = where === 'me' ? position : mapCentre
  const capacity = spacesOf(spaces)

  function close(): void {
    forgetRejectedPlace()
    onClose()
  }

  function send(): void {
    if (place === null) return
    const body: ZoneInput = {
      lat: place.lat,
      lng: place.lng,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(capacity === null ? {} : { capacity }),
      ...(covered === null ? {} : { covered }),
      ...positionOf(position),
    }
    setFailure(null)
    setSending(submit({ kind: 'zone', zoneId: '', body }))
  }

  const field = 'min-h-14 w-full min-w-0 rounded-plate border-[1.5px] border-edge bg-surface px-3 text-lg'
  return (
    <section className="grid gap-3 rounded-lg border border-line bg-surface p-3" aria-label={p('place.title')}>
      <h3 ref={heading} tabIndex={-1} className="text-xl outline-none">
        {p('place.title')}
      </h3>
      <p className="text-ink-soft">{p('change.onlyYou')}</p>
      {failure !== null && <NotAdded failure={failure} />}
      <div role="group" aria-labelledby={ids.where} className="grid gap-2">
        <p id={ids.where} className="font-bold">
          {p('place.where')}
        </p>
        <div className="flex flex-wrap gap-2">
          <Choice
            isOn={where === 'me'}
            name={p('place.whereMe')}
            onClick={() => {
              setWhere('me')
              if (position === null) locate()
            }}
          />
          {mapCentre !== null && (
            <Choice
              isOn={where === 'map-centre'}
              name={p('place.whereMapCentre')}
              onClick={() => setWhere('map-centre')}
            />
          )}
        </div>
        {where === 'map-centre' && <p>{p('place.moveMap')}</p>}
        {where === 'me' && position === null && <p>{p('change.needPosition')}</p>}
      </div>
      <p className="text-ink-soft">{p('place.optional')}</p>
      <div className="grid gap-1">
        <label htmlFor={ids.spaces}>{p('place.spaces')}</label>
        <input
          id={ids.spaces}
          className={field}
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          value={spaces}
          onChange={(event) => setSpaces(event.target.value)}
        />
      </div>
      <div className="grid gap-1">
        <label htmlFor={ids.name}>{p('place.name')}</label>
        <input
          id={ids.name}
          className={field}
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div role="group" aria-labelledby={ids.covered} className="grid gap-1">
        <p id={ids.covered}>{p('question.covered')}</p>
        <div className="flex flex-wrap gap-2">
          <Choice isOn={covered === true} name={p('answer.yes')} onClick={() => setCovered(true)} />
          <Choice isOn={covered === false} name={p('answer.no')} onClick={() => setCovered(false)} />
          <Choice isOn={covered === null} name={p('change.cantTell')} onClick={() => setCovered(null)} />
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          className="min-h-14 flex-[2_1_9rem]"
          disabled={place === null || sending !== null}
          onClick={send}
        >
          {p(sending === null ? 'place.send' : 'place.sending')}
        </Button>
        <Button className="min-h-14 flex-1" onClick={close}>
          {p('place.cancel')}
        </Button>
      </div>
      <ContributionList zoneId="" />
    </section>
  )
}

/** Why the place was rejected, with a link to the existing one. Scrolls itself into view. */
function NotAdded({ failure }: { failure: Failure }) {
  const p = usePageText()
  const errorText = useErrorText()
  const box = useRef<HTMLDivElement>(null)
  // Newer browsers return a promise, which React would call as the effect's cleanup.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const zoneId = failure.kind === 'rejected' ? failure.problem.params?.['zoneId'] : undefined
  return (
    <div ref={box} role="alert" className="grid gap-2 rounded-plate border-s-4 border-amber bg-amber-tint px-3 py-2">
      <p className="font-bold">{p('place.notAdded')}</p>
      <p>{problemText(failure, errorText)}</p>
      {typeof zoneId === 'string' && (
        <Link to={pages.zone} params={{ id: zoneId }} search={(before) => before} className={buttonClass('primary')}>
          {p('place.showExisting')}
        </Link>
      )}
      <p>{p('place.moveOrChange')}</p>
    </div>
  )
}

function Choice({ isOn, name, onClick }: { isOn: boolean; name: string; onClick: () => void }) {
  return (
    <Button className="min-h-14 flex-1" variant={isOn ? 'primary' : 'plain'} aria-pressed={isOn} onClick={onClick}>
      {name}
    </Button>
  )
}
