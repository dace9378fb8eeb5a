// The two IPC channels between the page and the agent. The preload script is sandboxed and may import little: no zod here.
export const callChannel = 'madoguchi:call'
export const receptionChannel = 'madoguchi:reception'
