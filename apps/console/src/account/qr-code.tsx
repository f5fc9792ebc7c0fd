import { useMemo } from 'react'
import { encode } from 'uqr'

/** Empty modules around the code, which cameras need to find it (ISO/IEC 18004 asks for four). */
const BORDER = 4

/** A QR code of a text. It is black on white in dark colours too, because many cameras cannot read the inverse. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: BORDER })
    const rows = code.data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
    return { size: code.size, path: rows.join('') }
  }, [text])
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="w-[min(14rem,100%)] rounded-plate bg-white"
    >
      <path d={path} fill="black" />
    </svg>
  )
}
