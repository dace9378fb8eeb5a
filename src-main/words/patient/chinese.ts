import type { PatientWords } from './sentences.ts'

export const chinese: PatientWords = {
  page: '患者用画面',
  training: '练习用画面',
  languages: '选择语言',
  lost: { title: '请稍候', note: '请等待工作人员为您说明。' },
  steps: {
    off: { title: '此画面目前未使用', note: '请咨询前台工作人员。' },
    cardLeft: { title: '请取回您的卡', note: '请不要忘记带走。' },
    waiting: { title: '请放置个人编号卡', note: '将卡放在读卡器上，即可开始办理。' },
    reading: { title: '正在读取卡片', note: '请不要移动卡片。' },
    working: { title: '正在确认', note: '请稍候，保持原样。' },
    done: { title: '确认完毕', note: '请取回您的卡。接下来由前台为您说明。' },
    desk: { title: '请咨询前台工作人员', note: '接下来由前台为您办理。' },
    pinBlocked: { title: '今天无法使用密码', note: '您仍可办理就诊手续。接下来由前台为您办理。' },
  },
  pin: {
    title: '请输入密码（4位数字）',
    note: '即领取卡片时设定的4位数字。连续输错3次，密码将无法使用。',
    label: '密码（4位数字）',
    progress: (length) => `4位数字中已输入${length}位`,
    tries: (left) => `还可输入${left}次`,
    wrong: (left) => `密码不正确。还可输入${left}次。`,
    lastTry: '这是最后一次机会。如果输错，密码将无法使用。没有把握时，请按“取消”。',
    lastTryConfirm: '我已了解这是最后一次，继续输入',
    send: '确认',
    sending: '正在确认',
    stop: '取消',
    clear: '清除',
    back: '删除一位',
    keypad: '数字键',
  },
  keyHint: {
    early: '画面刚刚发生了变化。请确认后再按一次。',
    unused: '读取的文字没有使用。',
  },
}
