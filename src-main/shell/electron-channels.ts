// The IPC channels of the page, to the agent and from it. The preload script is sandboxed and may import little: no zod here.
export const callChannel = 'madoguchi:call'
export const receptionChannel = 'madoguchi:reception'
