import type { MapLabels } from './map-types.ts'

type ZoomButtonsProps = { labels: MapLabels; onZoom: (steps: number) => void }

/** Buttons to zoom in and out. */
export function ZoomButtons({ labels, onZoom }: ZoomButtonsProps) {
  return (
    <div className="zoom-buttons">
      <button type="button" aria-label={labels.zoomIn} onClick={() => onZoom(1)}>
        <Sign path="M4 10h12M10 4v12" />
      </button>
      <button type="button" aria-label={labels.zoomOut} onClick={() => onZoom(-1)}>
        <Sign path="M4 10h12" />
      </button>
    </div>
  )
}

function Sign({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={path} stroke="currentColor" strokeWidth="2.4" strokeLinecap="square" />
    </svg>
  )
}
