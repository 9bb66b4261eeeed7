@echo off
dotnet run --project "%~dp0Todo.AppHost" -c Release -- %*
