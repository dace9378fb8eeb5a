# Included and not called by electron-builder's script.
!define nsProcess::FindProcess ""
