import type { ZoneBody } from '@kickstand/contract'
import { buttonClass, Icon } from '@kickstand/ui'
import { usePageText } from '#i18n/i18n.ts'
import { Note } from './note.tsx'
import { directionLinks } from './zone-facts.ts'

/** Links to directions in the browser and in the device's map app. */
export function Directions({ zone, title }: { zone: ZoneBody; title: string }) {
  const p = usePageText()
  if (zone.simulated) return <Note>{p('zone.simulated')}</Note>
  const links = directionLinks(zone, title)
  return (
    <p className="flex flex-wrap gap-2.5">
      <a className={`${buttonClass('primary')} flex-1`} href={links.web} target="_blank" rel="noreferrer">
        <Icon name="turn" />
        {p('zone.directions')}
      </a>
      <a className={`${buttonClass('plain')} flex-1`} href={links.device}>
        {p('zone.directionsDevice')}
      </a>
    </p>
  )
}
