import type { PatientWords } from './sentences.ts'

export const korean: PatientWords = {
  page: '환자용 화면',
  training: '연습용 화면입니다',
  languages: '언어 선택',
  lost: { title: '잠시만 기다려 주세요', note: '접수처의 안내를 기다려 주세요.' },
  steps: {
    off: { title: '지금은 이 화면을 사용하지 않습니다', note: '접수처에 문의해 주세요.' },
    cardLeft: { title: '카드를 가져가 주세요', note: '잊지 말고 챙겨 주세요.' },
    waiting: { title: '마이넘버카드를 올려 주세요', note: '카드 리더기 위에 올리면 접수가 시작됩니다.' },
    reading: { title: '카드를 읽고 있습니다', note: '카드를 움직이지 마세요.' },
    working: { title: '확인하고 있습니다', note: '그대로 잠시만 기다려 주세요.' },
    done: { title: '확인이 끝났습니다', note: '카드를 가져가 주세요. 다음은 접수처에서 안내해 드립니다.' },
    desk: { title: '접수처에 문의해 주세요', note: '다음은 접수처에서 안내해 드립니다.' },
    pinBlocked: {
      title: '오늘은 비밀번호를 사용할 수 없습니다',
      note: '접수는 계속할 수 있습니다. 다음은 접수처에서 안내해 드립니다.',
    },
  },
  pin: {
    title: '비밀번호(숫자 4자리)를 입력해 주세요',
    note: '카드를 받을 때 정한 번호입니다. 3번 연속으로 틀리면 사용할 수 없게 됩니다.',
    label: '비밀번호(숫자 4자리)',
    progress: (length) => `4자리 중 ${length}자리 입력됨`,
    tries: (left) => `앞으로 ${left}번 입력할 수 있습니다`,
    wrong: (left) => `비밀번호가 다릅니다. 앞으로 ${left}번 입력할 수 있습니다.`,
    lastTry: '마지막 1번입니다. 틀리면 비밀번호를 사용할 수 없게 됩니다. 확실하지 않으면 ‘그만두기’를 눌러 주세요.',
    lastTryConfirm: '마지막 1번임을 알고 입력합니다',
    send: '확인',
    sending: '확인하고 있습니다',
    stop: '그만두기',
    clear: '모두 지우기',
    back: '한 자 지우기',
    keypad: '숫자 키',
  },
  keyHint: {
    early: '화면이 방금 바뀌었습니다. 확인하고 다시 한 번 눌러 주세요.',
    unused: '읽은 문자는 사용하지 않았습니다.',
  },
}
