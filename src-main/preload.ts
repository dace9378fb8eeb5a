// The bridge, and nothing else: what carries the contract between the sandboxed page and the agent. The checks by schema are
// on the other side (electron-ipc.ts); a sandboxed script knows the channel names only.
import { contextBridge, ipcRenderer } from 'electron'
import type { Outside } from './contract/outside.ts'
import { callChannel, receptionChannel } from './shell/electron-channels.ts'

const bridge: Outside = {
  call: (name, request) => ipcRenderer.invoke(callChannel, name, request),
  onReception(listener) {
    const forward = (_event: unknown, told: unknown) => listener(told)
    ipcRenderer.on(receptionChannel, forward)
    void ipcRenderer.invoke(callChannel, 'reception', {}).then((answer) => answer.ok && listener(answer.value))
    return () => ipcRenderer.off(receptionChannel, forward)
  },
}

contextBridge.exposeInMainWorld('madoguchi', bridge)
