import type { ComponentChildren, VNode } from 'preact'

/** A section of a page with its heading. */
export const Section = ({
  id,
  title,
  note,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly note?: string | undefined
  readonly children: ComponentChildren
}): VNode => (
  <section aria-labelledby={id}>
    <h2 id={id}>
      {title} {note !== undefined && <small>{note}</small>}
    </h2>
    {children}
  </section>
)
