// The reception guide as a page of Markdown: the same sections as the help on the screen, with their pictures.
import { guide, keys, messagesOf } from '../src-main/words/guide/guide.ts'
import { type SectionId, sectionIds, sectionOf } from '../src-main/words/guide/sections.ts'

/** A bar would end the cell. */
const escaped = (text: string) => text.replaceAll('|', '\\|')

const anchor = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}ー -]/gu, '')
    .replaceAll(' ', '-')

function section(id: SectionId): string[] {
  const { title, when, steps, notes = [], picture } = sectionOf(id)
  const messages = messagesOf(id)
  return [
    `## ${title}`,
    '',
    when,
    '',
    ...(picture ? [`![${title}](screens/${picture}.webp)`, ''] : []),
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    '',
    ...(notes.length > 0 ? [`**${guide.notes}**`, '', ...notes.map((note) => `- ${note}`), ''] : []),
    ...(messages.length > 0
      ? [
          `**${guide.messages}**`,
          '',
          `| ${guide.message} | ${guide.next} |`,
          '|---|---|',
          ...messages.map(({ message, next }) => `| ${escaped(message)} | ${escaped(next)} |`),
          '',
        ]
      : []),
  ]
}

export const guidePage = (): string =>
  [
    `# ${guide.title}`,
    '',
    '受付の方のための手引きです。画面で F1 キーを押すと、今の画面のページが同じ文章で開きます。写真の患者さんは、すべて架空の方です。',
    '',
    ...sectionIds.map((id) => `- [${sectionOf(id).title}](#${anchor(sectionOf(id).title)})`),
    `- [${guide.keys}](#${anchor(guide.keys)})`,
    '',
    ...sectionIds.flatMap(section),
    `## ${guide.keys}`,
    '',
    '| キー | はたらき |',
    '|---|---|',
    ...keys().map(({ key, does }) => `| ${key} | ${does.join('')} |`),
    '',
  ].join('\n')
