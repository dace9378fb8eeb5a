# Wine asks nobody: whoever runs it is an administrator.
!ifndef UAC_HDR__INC
!define UAC_HDR__INC
!include "LogicLib.nsh"

!macro _UAC_IsAdmin _a _b _t _f
  StrCmp "1" "1" `${_t}` `${_f}`
!macroend
!define UAC_IsAdmin `"" UAC_IsAdmin ""`
!macro _UAC_IsInnerInstance _a _b _t _f
  StrCmp "1" "0" `${_t}` `${_f}`
!macroend
!define UAC_IsInnerInstance `"" UAC_IsInnerInstance ""`
!macro UAC_RunElevated
!macroend
!endif
