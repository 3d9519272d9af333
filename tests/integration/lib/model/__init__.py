# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of model_test.py.

truth      what the articles say, what a query finds, and what each operation does to an index
history    what was done and what was answered, with times
recorders  threads that read and write, and log each call
driver     publishes, kills, fills the disk, damages, rolls back, takes down
checker    proves from the history alone that every answer was true
"""
