// A reader host that hangs in a call of PC/SC as soon as it is joined: it hears nothing any more.
process.parentPort.on('message', () => {
  for (;;);
})
