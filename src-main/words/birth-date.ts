// The field for a birth date.
export const birthDateField = {
  label: '生年月日',
  hint: '例：S54.4.12、3540412、19790412',
  wrong: '生年月日を、S54.4.12 や 19790412 のように入力してください。',
} as const
