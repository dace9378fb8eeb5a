// What is said to clinic IT about the key of the stored data.
export const keys = {
  rotateAbout: '保存データの鍵を新しいものに換える（鍵が漏れたかもしれないとき）',
  rotated: '保存データの鍵を換えました。これからは新しい鍵だけで開きます。',
  after: [
    '別に控えてある鍵は、新しいものに替えてください。',
    '前のバックアップは前の鍵のままです。鍵が漏れたかもしれないときは、消してください。',
  ],
} as const
