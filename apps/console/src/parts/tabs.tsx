import { Link } from '@tanstack/react-router'

type TabsProps = {
  readonly label: string
  readonly chosen: string
  readonly tabs: readonly { readonly id: string; readonly name: string }[]
}

/** Links to the parts of a page. The address has the chosen one as `tab`. */
export function Tabs({ label, chosen, tabs }: TabsProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-x-1 border-b border-line">
      {tabs.map(({ id, name }) => (
        <Link
          key={id}
          to="."
          search={{ tab: id }}
          aria-current={id === chosen ? 'page' : undefined}
          className="-mb-px grid min-h-11 items-center border-b-[3px] border-transparent px-3 font-bold text-ink-soft no-underline hover:text-ink aria-[current=page]:border-sign aria-[current=page]:text-ink"
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
