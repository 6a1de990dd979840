"""Unpacks an export beside itself."""
import zipfile

def unzip(folder, name):
    to = folder / name
    with zipfile.ZipFile(folder / f'{name}.zip') as archive: archive.extractall(to)
    return to
