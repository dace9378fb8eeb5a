// The guide's sections about who signs in.
import { screen } from '../desk.ts'
import { pageNames } from '../pages.ts'
import { signedIn } from '../signed-in.ts'
import { glassScreen, signInScreen } from '../staff.ts'
import type { Section } from './section.ts'

export const staffSections = {
  signIn: {
    title: 'サインインと交代',
    when: '職員が登録されている医院で、席に着くとき、離れるとき、ほかの職員と交代するときです。',
    steps: [
      `「${signInScreen.code}」と、認証アプリに出ている「${signInScreen.oneTimeCode}」を入力し、「${signInScreen.submit}」を押します。`,
      `席を離れるときは${screen.keys.cover}キーを押します。画面は空になり、次にサインインするまで何も表示されません。`,
      `交代するときは、上の「${signedIn.switch}」を押し、次の職員がサインインします。途中の受付は、そのまま残っています。`,
    ],
    notes: [
      `システム担当の画面に患者さんの情報は出ません。急ぐときは「${glassScreen.open}」を使います。理由と時刻が残り、30分で終わります。`,
      '何分か触らないときと、パソコンをロックしたときは、自動でサインアウトします。',
      '続けて間違えると、しばらく待つようになります。間違えるたびに長くなります（最長15分）。',
      'サインアウトしている間、カードは受け付けません。届け先への送信と、資格確認端末の読み取りは続きます。',
    ],
    picture: 'signedOut',
  },
  staff: {
    title: '職員の登録',
    when: '職員が増えた、やめた、認証アプリの電話をなくしたときです（システム担当）。',
    steps: [
      `上の「${pageNames.settings}」から「${pageNames.staff}」を開きます。`,
      '職員コード、名前、役割を入力して登録し、出てきたQRコードを本人の認証アプリで読み取ります。用紙に印刷して渡すこともできます。',
      'やめた職員は「停止」にします。記録に名前が残るので、消しません。',
      '電話をなくした職員は「認証アプリを設定し直す」で、前のものを使えなくします。',
    ],
    notes: [
      'システム担当が1人だけのときは、その人を停止したり、役割を変えたりできません。',
      'システム担当が入れなくなったときは、このパソコンのコマンド「madoguchi staff reset」で設定し直します。',
    ],
    picture: 'staffPage',
  },
} as const satisfies Record<string, Section>
