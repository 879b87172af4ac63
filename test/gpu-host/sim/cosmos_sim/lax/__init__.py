"""Values as pydantic 2.11 takes them in lax mode from parsed JSON; each reader was compared with pydantic itself.

A reader takes a value and returns the one that holds, or raises Refused.
"""
