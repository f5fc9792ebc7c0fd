/** The logo and the page's first heading: the name on a road plate, with the app's icon. */
export function Brand({ name }: { name: string }) {
  return (
    <div className="flex items-center gap-2 rounded-plate bg-sign py-1.5 ps-2 pe-3 text-sign-ink shadow-[0_1px_4px_var(--shade)] ring-[1.5px] ring-white/85 ring-inset">
      <svg
        viewBox="8 14 48 42"
        className="h-7"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
      >
        <circle cx="37" cy="32" r="12.5" strokeWidth="6" />
        <path d="M31 35 18.5 49.5" strokeWidth="6" />
        <circle cx="37" cy="32" r="3.5" fill="currentColor" stroke="none" />
        <path d="M13 51.5h38" stroke="var(--amber)" strokeWidth="4.5" strokeLinecap="square" />
      </svg>
      <h1 className="text-xl font-bold">{name}</h1>
    </div>
  )
}
