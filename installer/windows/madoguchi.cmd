@echo off
rem The commands of clinic IT, typed in a console (docs/commands.md). From a file like this one cmd waits for a program that
rem has windows, and hands its exit code on.
setlocal
set MADOGUCHI_CONSOLE=1
"%~dp0..\Madoguchi.exe" %*
exit /b %errorlevel%
