// What a desk had changed while it was alone, and others had changed too: both sides of each, until somebody has looked at it. The
// site's stands meanwhile; nothing is decided here but that it was seen.
import type { Conflict } from '../../src-main/contract/conflicts.ts'
import type { ConflictView } from '../../src-main/contract/site-server.ts'
import { numberText } from '../../src-main/contract/visit-number.ts'
import { conflictsScreen as words } from '../../src-main/words/site-server.ts'
import type { Act } from '../act.ts'
import { clinicMoment } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Page } from '../parts/page.tsx'
import panel from '../parts/panel.module.css'
import styles from './conflicts-page.module.css'

export function ConflictsPage(props: {
  readonly conflicts: readonly ConflictView[]
  readonly act: Act
  readonly onBack: () => void
}) {
  const { conflicts, act, onBack } = props
  return (
    <Page title={words.title} status={conflicts.length === 0 ? words.none : words.note} onBack={onBack}>
      {conflicts.map((conflict) => (
        <OneConflict key={conflict.id} conflict={conflict} act={act} />
      ))}
    </Page>
  )
}

function OneConflict({ conflict, act }: { readonly conflict: ConflictView; readonly act: Act }) {
  const { id, desk, at, staff, visit, content } = conflict
  const who = visit && `${visit.name ?? words.nameGone}　${words.visit(numberText(visit.number))}`
  const title = [words.kinds[content.kind], who].filter(Boolean).join('　')
  return (
    <section className={panel.asking} aria-label={title}>
      <h3 className={panel.title}>{title}</h3>
      <p className={styles.by}>{words.by(desk, clinicMoment(at), staff)}</p>
      <Sides conflict={conflict} />
      <p>{words.advice[content.kind]}</p>
      <div className={styles.actions}>
        {visit?.isListed && <Action onPress={() => act('showVisit', { visitId: visit.id })}>{words.open}</Action>}
        <Action
          aria-label={words.doneFor(title)}
          onPress={() => act('resolveConflict', { conflictId: id, visitId: visit?.id ?? null })}
        >
          {words.done}
        </Action>
      </div>
    </section>
  )
}

function Sides({ conflict: { content, schemes } }: { readonly conflict: ConflictView }) {
  const nameOf = (key: string) => words.scheme(schemes.find((scheme) => scheme.key === key)?.name ?? null, key)
  const listed = (keys: readonly string[] | null, isOrder: boolean) =>
    keys?.map((key, at) => (isOrder ? words.place(at + 1, nameOf(key)) : nameOf(key))).join('、') || words.nothing
  switch (content.kind) {
    case 'number':
      return (
        <Both
          here={numberOf(content.here)}
          site={numberOf(content.site)}
          note={content.holder === null ? null : words.holder(content.holder)}
        />
      )
    case 'claimOrder':
    case 'chosenHelps': {
      const isOrder = content.kind === 'claimOrder'
      return <Both here={listed(content.here, isOrder)} site={listed(content.site, isOrder)} note={null} />
    }
    case 'card':
      return <p className={styles.fact}>{words.card}</p>
    case 'cap':
      return (
        <p className={styles.fact}>
          {words.month(content.month)}　{words.cap}
        </p>
      )
  }
}

const numberOf = (side: Extract<Conflict['content'], { kind: 'number' }>['here']) =>
  side ? words.number(side.number, side.name) : words.nothing

function Both(props: { readonly here: string; readonly site: string; readonly note: string | null }) {
  return (
    <dl className={styles.sides}>
      <div>
        <dt>{words.here}</dt>
        <dd>
          {props.here}
          {props.note !== null && <span className={styles.note}>{props.note}</span>}
        </dd>
      </div>
      <div>
        <dt>{words.site}</dt>
        <dd>{props.site}</dd>
      </div>
    </dl>
  )
}
