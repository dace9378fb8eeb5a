// What is said to clinic IT about the key of the stored data.
export const keys = {
  sheetAbout: '復旧シートを作る（このパソコンがなくなっても、バックアップを開けるように）',
  sheet: (recoveryKey: string): readonly string[] => [
    '【窓口 復旧シート】 この画面を印刷するか書き写し、バックアップとは別の、鍵のかかる場所に保管してください。',
    '',
    `    復旧キー: ${recoveryKey}`,
    '',
    '使い方: 新しいパソコンに窓口を入れ、バックアップのフォルダーをつなぎ、次を実行して復旧キーを入れます。',
    '    madoguchi restore --from バックアップのファイル --recovery-key',
    'バックアップと同じフォルダーの recovery.key も必要です。前に作ったシートは、使えなくなりました。',
    'この紙とバックアップの両方を持つ人は、患者さんの情報を開けます。',
  ],
  siteSheet: (recoveryKey: string): readonly string[] => [
    '【窓口 院内の鍵の復旧シート】 この画面を印刷するか書き写し、鍵のかかる場所に保管してください。',
    '',
    `    復旧キー: ${recoveryKey}`,
    '',
    '使い方: ほかの窓口に保存サーバーの設定（store）をしてから、次を実行して復旧キーを入れます。',
    '    madoguchi store join --from recovery.key',
    'recovery.key は、この窓口のデータフォルダーの backup にあります。前に作ったシートは、使えなくなりました。',
    'この紙と recovery.key の両方を持ち、保存サーバーを使える人は、患者さんの情報を開けます。',
  ],
  joinAbout: '院内の保存サーバーの鍵を、復旧シートからこの窓口に入れる（復旧キーは標準入力から）',
  joinFrom: '復旧シートと一緒に作られた recovery.key',
  joined: 'この窓口に院内の鍵を入れました。保存サーバーの記録を開けます。',
  recoveryKey: '復旧シートの復旧キーを標準入力から読み、このパソコンに鍵を入れてから戻す（--from が必要）',
  rotateAbout: '保存データの鍵を新しいものに換える（鍵が漏れたかもしれないとき）',
  rotated: '保存データの鍵を換えました。これからは新しい鍵だけで開きます。',
  after: [
    '別に控えてある鍵は、新しいものに替えてください。復旧シートも作り直してください（key sheet）。',
    '前のバックアップは前の鍵のままです。鍵が漏れたかもしれないときは、消してください。',
  ],
} as const
