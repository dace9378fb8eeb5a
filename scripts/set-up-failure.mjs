// What can keep a set-up from finishing, as people and scripts are told it: two sentences, and with `--json` the same object
// as every failure of the product. The codes have names of their own, because the product is not there yet.

const again = 'もう一度起動してください。途中のファイルは自動で作り直します。'

const failures = {
  SET_UP_NODE_TOO_OLD: {
    class: 'permanent',
    message: (found, needed) => `Node.js ${needed} 以上が必要です（今は ${found} です）。`,
    next: '新しい Node.js を入れて、もう一度起動してください。',
  },
  SET_UP_OFFLINE: {
    class: 'transient',
    message: (reason) => `準備に必要なパッケージを取得できません（${reason}）。初回の起動にはネットワークが必要です。`,
    next: `ネットワークとプロキシ（HTTPS_PROXY）の設定を確認して、${again}`,
  },
  SET_UP_DISK_FULL: {
    class: 'transient',
    message: (freeMb, neededMb) =>
      `ディスクの空き容量が足りず、準備を終えられません（空き ${freeMb} MB、必要 約${neededMb} MB）。`,
    next: `空き容量を増やしてから、${again}`,
  },
  SET_UP_UNWRITABLE: {
    class: 'permanent',
    message: (path) => `準備のためのファイルを書き込めません（${path}）。`,
    next: 'このフォルダーに書き込める利用者で、もう一度起動してください。',
  },
  SET_UP_PLACE_UNUSABLE: {
    class: 'permanent',
    message: (path) => `「#」や「?」を含む場所では準備できません（${path}）。`,
    next: 'フォルダーの名前を変えるか、別の場所に移して、もう一度起動してください。',
  },
  SET_UP_PACKAGES_REFUSED: {
    class: 'permanent',
    message: (reason) => `パッケージを入れられませんでした（${reason}）。`,
    next: `上に表示された内容を確認して、${again}`,
  },
  SET_UP_BUILD_FAILED: {
    class: 'permanent',
    message: (reason) => `画面とエージェントを組み立てられませんでした（${reason}）。`,
    next: 'node_modules と dist を削除して、もう一度起動してください。続く場合は、ベンダーにお問い合わせください。',
  },
}

export class SetUpFailure extends Error {
  constructor(code, ...details) {
    const { message, next, class: failureClass } = failures[code]
    super(message(...details))
    this.code = code
    this.class = failureClass
    this.next = next
    // As the product: 1 is a bug, 2 is something that a person can put right.
    this.exitCode = code === 'SET_UP_BUILD_FAILED' ? 1 : 2
  }
}

/** Tells it in words, and with `json` as the one object on stdout. */
export function tellFailure(failure, json) {
  const { code, class: failureClass, message, next } = failure
  process.stderr.write(`${message}\n${next}\n(${code})\n`)
  if (json) {
    const answer = JSON.stringify({ ok: false, error: { code, class: failureClass, message, next } })
    // As the product (src-main/ground/ascii-json.ts): consoles of Windows garble the rest.
    const ascii = answer.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    process.stdout.write(`${ascii}\n`)
  }
}
