# Tries both Windows installers on a real Windows, silently: `try.ps1 -Folder release`. What it can look at without a person;
# the rest is docs/release.md. An administrator runs it, on a computer that may be thrown away.
param([string]$Folder, [switch]$MustBeSigned)
$ErrorActionPreference = 'Stop'

$setup = Get-ChildItem "$Folder\*Setup*.exe" | Select-Object -First 1
$msi = Get-ChildItem "$Folder\*.msi" | Select-Object -First 1
$place = 'C:\Program Files\Madoguchi'
$run = 'HKLM:\Software\Microsoft\Windows\CurrentVersion\Run'
$rulesBefore = @(Get-NetFirewallRule).Count

function Assert($what, $isSo) {
  if (-not $isSo) { throw "not so: $what" }
  Write-Host "ok: $what"
}
function Run($program, $arguments) {
  (Start-Process $program -ArgumentList $arguments -Wait -PassThru).ExitCode
}
function StartsWithWindows { $null -ne (Get-ItemProperty $run -Name Madoguchi -ErrorAction SilentlyContinue) }
# The program's own commands, with the real Electron: its database, its key through DPAPI.
function Check {
  $said = & { & "$place\Madoguchi.exe" check --json | Out-String }
  ($said | ConvertFrom-Json).ok
}

if ($MustBeSigned) {
  foreach ($file in $setup, $msi) {
    Assert "$($file.Name) is signed" ((Get-AuthenticodeSignature $file.FullName).Status -eq 'Valid')
  }
}

Set-Content "$env:TEMP\clinic settings.json" '{ "retentionDays": 14 }'
Assert 'settings that are not there are refused' ((Run $setup.FullName '/S /SETTINGS="C:\nowhere\settings.json"') -eq 4)
Assert 'Setup installs' ((Run $setup.FullName "/S /SETTINGS=`"$env:TEMP\clinic settings.json`"") -eq 0)
if ($MustBeSigned) {
  foreach ($name in 'Madoguchi.exe', 'Uninstall Madoguchi.exe') {
    Assert "$name is signed" ((Get-AuthenticodeSignature "$place\$name").Status -eq 'Valid')
  }
}
Assert 'the settings lie beside the program' (Test-Path "$place\settings.json")
Assert 'users cannot write them' (-not ((Get-Acl "$place\settings.json").Access | Where-Object {
      $_.IdentityReference -match 'Users$' -and $_.FileSystemRights -match 'Write|Modify|FullControl' }))
Assert 'it is in the Start menu' (Test-Path "$env:ProgramData\Microsoft\Windows\Start Menu\Programs\窓口.lnk")
Assert 'it starts with Windows' (StartsWithWindows)
Assert 'it runs' (Check)

$desk = Start-Process "$place\Madoguchi.exe" -PassThru
Start-Sleep 20
Assert 'the desk stays open' (-not $desk.HasExited)
Assert 'the MSI refuses beside it' ((Run msiexec "/i `"$($msi.FullName)`" /qn") -ne 0)
Assert 'Setup over a desk that runs' ((Run $setup.FullName '/S') -eq 0)
Assert 'the desk was ended' $desk.WaitForExit(20000)
Assert 'the settings are still there' (Test-Path "$place\settings.json")
$data = "$env:LOCALAPPDATA\Madoguchi\desktop"
$stopped = Get-ChildItem "$data\logs\*.jsonl" | Select-String -SimpleMatch 'agentStopped'
Write-Host "the desk was ended $(if ($stopped) { 'in order' } else { 'by force' })"

# The uninstaller goes on in a copy of itself.
Run "$place\Uninstall Madoguchi.exe" '/S' | Out-Null
for ($i = 0; (Test-Path "$place\Madoguchi.exe") -and $i -lt 60; $i++) { Start-Sleep 1 }
Start-Sleep 5
Assert 'removed' (-not (Test-Path "$place\Madoguchi.exe"))
Assert 'the data stay' (Test-Path "$data\madoguchi.db")

Assert 'the MSI installs' ((Run msiexec "/i `"$($msi.FullName)`" /qn") -eq 0)
Assert 'it goes on with the data' (Check)
Assert 'it starts with Windows' (StartsWithWindows)
Assert 'Setup refuses beside it' ((Run $setup.FullName '/S') -eq 5)
Assert 'the MSI goes' ((Run msiexec "/x `"$($msi.FullName)`" /qn") -eq 0)
Assert 'removed' (-not (Test-Path "$place\Madoguchi.exe"))
Assert 'nothing starts with Windows' (-not (StartsWithWindows))
Assert 'the data stay' (Test-Path "$data\madoguchi.db")
Assert 'no firewall rule was made' (@(Get-NetFirewallRule).Count -eq $rulesBefore)
