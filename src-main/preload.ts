// The bridge, and nothing else: what carries the contract between the sandboxed page and the agent, and the page to a
// printer. The checks by schema are on the other side (electron-ipc.ts, electron-printing.ts); a sandboxed script knows the
// channel names only.
import { contextBridge, ipcRenderer } from 'electron'
import type { Outside } from './contract/outside.ts'
import { callChannel, printChannel, printersChannel, receptionChannel } from './shell/electron-channels.ts'

const bridge: Outside = {
  call: (name, request) => ipcRenderer.invoke(callChannel, name, request),
  onReception(listener) {
    const forward = (_event: unknown, told: unknown) => listener(told)
    ipcRenderer.on(receptionChannel, forward)
    void ipcRenderer.invoke(callChannel, 'reception', {}).then((answer) => answer.ok && listener(answer.value))
    return () => ipcRenderer.off(receptionChannel, forward)
  },
  printing: {
    list: () => ipcRenderer.invoke(printersChannel),
    print: (request) => ipcRenderer.invoke(printChannel, request),
  },
}

contextBridge.exposeInMainWorld('madoguchi', bridge)
