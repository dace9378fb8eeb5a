import type { PatientWords } from './sentences.ts'

export const vietnamese: PatientWords = {
  page: 'Màn hình dành cho bệnh nhân',
  training: 'Màn hình luyện tập',
  languages: 'Chọn ngôn ngữ',
  lost: { title: 'Xin vui lòng chờ', note: 'Xin chờ nhân viên quầy tiếp nhận hướng dẫn.' },
  steps: {
    off: { title: 'Màn hình này hiện không sử dụng', note: 'Xin hỏi nhân viên quầy tiếp nhận.' },
    cardLeft: { title: 'Xin lấy lại thẻ', note: 'Xin đừng để quên thẻ.' },
    waiting: { title: 'Xin đặt thẻ My Number vào đây', note: 'Việc tiếp nhận bắt đầu khi thẻ nằm trên đầu đọc thẻ.' },
    reading: { title: 'Đang đọc thẻ', note: 'Xin đừng di chuyển thẻ.' },
    working: { title: 'Đang kiểm tra', note: 'Xin để nguyên và chờ một lát.' },
    done: { title: 'Đã kiểm tra xong', note: 'Xin lấy lại thẻ. Quầy tiếp nhận sẽ hướng dẫn tiếp.' },
    desk: { title: 'Xin hỏi quầy tiếp nhận', note: 'Nhân viên sẽ hướng dẫn tiếp.' },
    pinBlocked: {
      title: 'Hôm nay không dùng được mã PIN',
      note: 'Quý vị vẫn có thể được tiếp nhận. Nhân viên sẽ hướng dẫn tiếp.',
    },
  },
  pin: {
    title: 'Xin nhập mã PIN (4 chữ số)',
    note: 'Là mã số quý vị đã chọn khi nhận thẻ. Nếu nhập sai 3 lần liên tiếp, mã sẽ không dùng được nữa.',
    label: 'Mã PIN (4 chữ số)',
    progress: (length) => `Đã nhập ${length} trong 4 chữ số`,
    tries: (left) => `Còn nhập được ${left} lần`,
    wrong: (left) => `Mã PIN không đúng. Còn nhập được ${left} lần.`,
    lastTry: 'Đây là lần cuối. Nếu nhập sai, mã PIN sẽ không dùng được nữa. Nếu không chắc chắn, xin nhấn “Dừng lại”.',
    lastTryConfirm: 'Tôi hiểu đây là lần cuối và vẫn nhập',
    send: 'Xác nhận',
    sending: 'Đang kiểm tra',
    stop: 'Dừng lại',
    clear: 'Xóa hết',
    back: 'Xóa 1 số',
    keypad: 'Phím số',
  },
  keyHint: {
    early: 'Màn hình vừa thay đổi. Xin xem lại rồi nhấn một lần nữa.',
    unused: 'Nội dung vừa quét không được sử dụng.',
  },
}
