// What is said wherever somebody goes live: in the first set-up, on the page of the settings and on the one of the practice.
export const rehearsalGoes =
  '練習で受け付けた記録は、本番になるときにすべて消えます。職員の登録、設定、操作の記録は残ります。'
