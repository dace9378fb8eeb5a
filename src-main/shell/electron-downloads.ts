// What a page may have saved as a file: what it has put together itself (日報, 月次報告, 操作の記録: nobody's name in any of them), the
// text for support that it shows, and nothing that comes from anywhere else. Without a place of ours the system's own dialog
// asks where it goes.
import { pageOrigin } from './electron-ipc.ts'

/** `address`, `type`: of the download, as Chromium tells them. */
export const maySave = (address: string, type: string): boolean =>
  address.startsWith(`blob:${pageOrigin}/`) && ['text/csv', 'text/plain'].includes(type)
