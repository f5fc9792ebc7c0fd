import type { ZoneBody } from '@kickstand/contract'
import { buttonClass, Icon } from '@kickstand/ui'
import { useSheetText } from '../i18n/use-sheet-text.ts'
import { Note } from './note.tsx'
import { directionLinks } from './zone-facts.ts'

/** Links to directions in the browser and in the device's map app. */
export function Directions({ zone, title }: { zone: ZoneBody; title: string }) {
  const text = useSheetText()
  if (zone.simulated) return <Note>{text.simulatedZone}</Note>
  const links = directionLinks(zone, title)
  return (
    <p className="flex flex-wrap gap-2.5">
      <a className={`${buttonClass('primary')} flex-1`} href={links.web} target="_blank" rel="noreferrer">
        <Icon name="turn" />
        {text.directions}
      </a>
      <a className={`${buttonClass('plain')} flex-1`} href={links.device}>
        {text.directionsDevice}
      </a>
    </p>
  )
}
