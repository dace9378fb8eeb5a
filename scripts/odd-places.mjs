// Where `npm run test:places` tries the product: folders, languages and users that a clinic's computer may have. `path` is below a
// folder of its own, and the checkout lies there; `env` is added to the environment; `user` runs everything, in a checkout that is
// root's; `data` is the data folder, from the checkout; `refused`: with this code, and nothing is made.
const kanji = '受付 第１窓口（髙﨑）'
/** が and パ as a Mac writes them: a letter and its mark. */
const decomposed = 'ガイド・パソコン'.normalize('NFD')
/** Near the longest name that a folder may have (255 bytes). */
const long = '医事課共有フォルダー'.repeat(8)
/** With it, longer than any socket's path, and than Windows' 260. */
const short = long.slice(0, 40)

export const oddPlaces = [
  { name: 'spaces and Japanese', path: [kanji] },
  { name: 'what a shell understands', path: [`it's 100% "$HOME" & (co); rm -i ~ \`x\` !!`] },
  { name: 'marks apart from their letters', path: [decomposed] },
  { name: 'a very long path', path: [long, short] },
  { name: 'a path longer than SQLite takes', path: [long, long], refused: 'DATA_FOLDER_TOO_LONG' },
  { name: 'a link to another disk', path: ['リンク先'], link: '窓口へのリンク' },
  { name: 'the data elsewhere, below a dot', path: ['madoguchi'], data: `../.隠し/${kanji}/data.` },
  { name: 'no language', path: ['C'], env: { LANG: 'C', LC_ALL: 'C', LANGUAGE: '' } },
  {
    name: 'Turkish, where I is not the capital of i',
    path: ['İstanbul'],
    env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  },
  {
    name: 'Arabic, with its own digits and its own calendar',
    path: ['عيادة'],
    env: { LANG: 'ar_SA.UTF-8', LC_ALL: 'ar_SA.UTF-8' },
  },
  {
    name: 'Thai, whose year is 2569',
    path: ['คลินิก'],
    env: { LANG: 'th_TH.UTF-8', LC_ALL: 'th_TH.UTF-8' },
  },
  { name: 'no home and no name', path: ['no home'], env: { HOME: '/nonexistent', USER: '', LOGNAME: '' } },
  { name: 'temporary files in an odd place', path: ['tmp'], env: { TMPDIR: `{place}/一時 ファイル` } },
  {
    name: 'a proxy that everything is sent to',
    path: ['proxy'],
    env: {
      HTTP_PROXY: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      ALL_PROXY: 'socks5://127.0.0.1:9',
      NO_PROXY: '',
    },
  },
  { name: 'nobody else may read', path: ['umask 077'], umask: 0o077 },
  { name: 'another user, in a checkout that is not theirs', path: [kanji], user: 'nobody', data: '{home}/データ' },
  {
    name: 'another user without a home',
    path: ['service'],
    user: 'nobody',
    env: { HOME: '/nonexistent' },
    data: '{home}/d',
  },
]
